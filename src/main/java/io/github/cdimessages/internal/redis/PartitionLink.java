package io.github.cdimessages.internal.redis;

/**
 * What serves a partition while the transport runs.
 *
 * @param name tells the partition's threads from those of others; empty where there is only one
 */
record PartitionLink(
        String name,
        Publisher publisher,
        Subscriber subscriber,
        LinkLoop publishing,
        LinkLoop subscribing,
        Recovery recovery) {

    /** The keeper's look. */
    void tick(long now) {
        subscriber.tick(now);
        publisher.tick(now);
    }

    /** Closes the connections, and opens none again. */
    void close() {
        publishing.close();
        subscribing.close();
        recovery.close();
    }
}
