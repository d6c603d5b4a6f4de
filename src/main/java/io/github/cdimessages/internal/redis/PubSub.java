package io.github.cdimessages.internal.redis;

import redis.clients.jedis.Protocol.Command;

/** The commands that carry messages: those for all of Redis, or those for the nodes that serve the channel's slot. */
enum PubSub {
    PLAIN(Command.PUBLISH, Command.SUBSCRIBE, Command.UNSUBSCRIBE, 0),
    SHARDED(Command.SPUBLISH, Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, 1);

    final Command publish;
    final Command subscribe;
    final Command unsubscribe;
    private final int kindAt;

    PubSub(Command publish, Command subscribe, Command unsubscribe, int kindAt) {
        this.publish = publish;
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
        this.kindAt = kindAt;
    }

    /**
     * What a push is: 'm', a message; 's' or 'u', the end of a subscribe or unsubscribe; anything else is none of ours.
     */
    char kindOf(byte[] push) {
        return push.length <= kindAt ? '?' : (char) push[kindAt];
    }
}
