package io.github.cdimessages.chaos;

/**
 * What the nodes post.
 *
 * @param round in which it was posted
 * @param poster which thread of which node posted it
 * @param number the how-manieth of that thread on that channel, from 0
 */
public record Note(int round, int poster, int number) {}
