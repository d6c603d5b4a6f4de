/** What becomes of messages when Redis and the network fail; start at {@code ChaosTest}. */
package io.github.cdimessages.chaos;
