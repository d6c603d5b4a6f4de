package io.github.cdimessages;

/** How far a message goes. */
public enum Reach {

    /** To the listeners and observers on this server; it is never serialised. */
    LOCAL,

    /** Through Redis to every server, this one included. Fails where Redis is not enabled. */
    GLOBAL,

    /**
     * Through Redis to every server where that is possible; else to this server, once. {@link PostResult#reached()}
     * says which. A message that stayed here may overtake an earlier {@link #GLOBAL} one.
     */
    AUTO
}
