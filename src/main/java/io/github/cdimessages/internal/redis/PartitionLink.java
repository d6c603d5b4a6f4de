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
        Recovery recovery,
        Echo echo) {

    /** The keeper's look. */
    void tick(long now) {
        Link publishes = publisher.link();
        Link subscribes = subscriber.link();
        if (publishes != null && subscribes != null) {
            publishes.reconcile(subscribes); // else this server might post to one node and be deaf on another
            if (echo.isMissing(now)) {
                echo.reset();
                publishes
                        .older(subscribes)
                        .giveUp("this server posts, and hears nothing of it: its two connections seem to lead to"
                                + " different Redis");
            }
        }
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
