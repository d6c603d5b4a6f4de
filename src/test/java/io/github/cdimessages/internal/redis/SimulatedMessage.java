package io.github.cdimessages.internal.redis;

/** A message: the how-manieth of its poster, and when it was written. */
record SimulatedMessage(String origin, String channel, int place, int at) {}
