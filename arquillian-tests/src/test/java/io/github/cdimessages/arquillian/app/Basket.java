package io.github.cdimessages.arquillian.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message whose components have type parameters. */
public record Basket(List<Item> items, Map<String, Item> byShelf, Map<String, List<Item>> wishes, Optional<Item> gift) {
    public record Item(String name, int pieces) {}

    /** One with something in each component. */
    public static Basket full() {
        Item apple = new Item("apple", 3);
        Item pear = new Item("pear", 1);
        return new Basket(
                List.of(apple, pear), Map.of("left", apple), Map.of("later", List.of(pear)), Optional.of(apple));
    }
}
