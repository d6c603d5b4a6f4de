/**
 * Messages between all parts of an application and between its servers.
 *
 * <pre>{@code
 * @Inject Messages messages;
 *
 * messages.addListener("orders", Order.class, order -> show(order));
 * messages.postMessage("orders", new Order(17), Reach.GLOBAL);
 * }</pre>
 *
 * <p>Start at {@link io.github.cdimessages.Messages}.
 */
@NullMarked
package io.github.cdimessages;

import org.jspecify.annotations.NullMarked;
