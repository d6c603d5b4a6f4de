package io.github.cdimessages.internal.redis;

/** What may happen to the data of a simulated Redis. */
enum SimulatedData {
    /** It is kept, and there is room for all: nothing may be lost, and no gap announced. */
    KEPT,
    /** The logs are short, and so is the room for what is held back. */
    TRIMMED,
    /** Logs vanish whose servers have named their last number, as Redis evicts keys. */
    EVICTED,
    /** A restart may forget everything, and servers end. */
    FORGOTTEN,
    /** A restart may bring back an older state. */
    ROLLED_BACK,
    /** It is kept, and its slot moves from node to node of a Cluster: nothing may be lost, and no gap announced. */
    MOVED
}
