package io.github.cdimessages.internal.redis;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** The slot of all keys and channels, on one of two nodes or on its way to the other, as Redis 7.0 moves it. */
final class SimulatedSlot {
    // Mutable state: a simulation has one thread
    private final Set<String> moved = new HashSet<>();
    private int owner;
    private boolean moves;
    private boolean claimed;

    /** Moves it one step on; true if the node that had it has just learned that it is gone. */
    boolean step(Set<String> keys) {
        if (!moves) {
            moves = true;
        } else if (!moved.containsAll(keys)) {
            moved.add(keys.stream()
                    .filter(key -> !moved.contains(key))
                    .findFirst()
                    .orElseThrow());
        } else if (!claimed) {
            claimed = true;
        } else {
            owner = 1 - owner;
            moves = false;
            claimed = false;
            moved.clear();
            return true;
        }
        return false;
    }

    boolean isMoving() {
        return moves;
    }

    /** Where somebody connects who has asked one of the nodes: they may disagree. */
    int place(int choice) {
        return claimed ? choice % 2 : owner;
    }

    /** Whether the slot has left a node, by the node's own account. */
    boolean hasLeft(int node) {
        return node != owner && !claimed;
    }

    /** What a node says to a command; null if it does it. */
    @Nullable
    String refusal(int node, Command command, String key, boolean exists) {
        if (hasLeft(node)) {
            return "MOVED 1 elsewhere:1";
        }
        boolean hasKey = command != Command.PUBLISH && command != Command.SUBSCRIBE && command != Command.PING;
        boolean isGone = claimed || !exists || moved.contains(key);
        return hasKey && moves && node == owner && isGone ? "ASK 1 elsewhere:1" : null;
    }
}
