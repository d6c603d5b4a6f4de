package io.github.cdimessages.internal.redis.settings;

import redis.clients.jedis.Protocol.Command;

/** The commands that carry messages: those for all of Redis, or those for the nodes that serve the channel's slot. */
public enum PubSub {
    PLAIN(Command.PUBLISH, Command.SUBSCRIBE, Command.UNSUBSCRIBE, 0),
    SHARDED(Command.SPUBLISH, Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, 1);

    public final Command publish;
    public final Command subscribe;
    public final Command unsubscribe;
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
    public char kindOf(byte[] push) {
        return push.length <= kindAt ? '?' : (char) push[kindAt];
    }
}
