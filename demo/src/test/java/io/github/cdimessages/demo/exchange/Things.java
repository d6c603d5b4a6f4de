package io.github.cdimessages.demo.exchange;

import io.github.cdimessages.MessageType;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Messages of every kind; each server knows them, so it can tell whether one came as it was. */
public final class Things {
    private static final Item APPLE = new Item("äpple \"red\"", new BigDecimal("0.10"));
    private static final Item PEAR = new Item("梨 🍐", new BigDecimal("12345678901234567890.5"));

    private static final List<Object> ALL = List.of(
            new Order(
                    Long.MAX_VALUE,
                    List.of(APPLE, PEAR),
                    Map.of("left", List.of(APPLE)),
                    Box.of(PEAR),
                    Optional.of("a gift"),
                    Instant.parse("2026-02-28T12:30:15.123456789Z"),
                    Colour.GREEN),
            Account.of(17L, "Ada"),
            new Shape.Circle(1),
            new Shape.Drawing(List.of(new Shape.Square(3), new Shape.Drawing(List.of(new Shape.Circle(4))))));

    private Things() {}

    public static List<Object> all() {
        return ALL;
    }

    /** What an ear says about a message. */
    public static String tell(Object message) {
        if (message instanceof Tick tick) {
            return tick.from() + " " + tick.number();
        }
        String kind = message.getClass().getSimpleName();
        return ALL.contains(message) ? kind + " as it was" : kind + " changed: " + message;
    }

    public enum Colour {
        RED,
        GREEN
    }

    public record Item(String name, BigDecimal price) {}

    /** Not a record: Yasson 3.0.4 reads none that has type parameters. */
    public static class Box<T> {
        private T content;

        static <T> Box<T> of(T content) {
            Box<T> box = new Box<>();
            box.setContent(content);
            return box;
        }

        public T getContent() {
            return content;
        }

        public void setContent(T content) {
            this.content = content;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Box<?> box && Objects.equals(content, box.content);
        }

        @Override
        public int hashCode() {
            return Objects.hash(content);
        }

        @Override
        public String toString() {
            return "[" + content + "]";
        }
    }

    /** Known to the servers by an observer. */
    public record Order(
            long id,
            List<Item> items,
            Map<String, List<Item>> shelves,
            Box<Item> present,
            Optional<String> remark,
            Instant placedAt,
            Colour colour) {}

    /** Known by an observer of all of them. */
    @JsonbTypeInfo(
            key = "kind",
            value = {
                @JsonbSubtype(alias = "circle", type = Shape.Circle.class),
                @JsonbSubtype(alias = "square", type = Shape.Square.class),
                @JsonbSubtype(alias = "drawing", type = Shape.Drawing.class)
            })
    public sealed interface Shape {
        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}

        record Drawing(List<Shape> shapes) implements Shape {}
    }

    /** What classes have in common that have an identifier. */
    public static class Entity<I> {
        private I id;

        public I getId() {
            return id;
        }

        public void setId(I id) {
            this.id = id;
        }
    }

    /** No record, and known by its annotation. */
    @MessageType("account")
    public static class Account extends Entity<Long> {
        private String owner;

        static Account of(long id, String owner) {
            Account account = new Account();
            account.setId(id);
            account.setOwner(owner);
            return account;
        }

        public String getOwner() {
            return owner;
        }

        public void setOwner(String owner) {
            this.owner = owner;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Account account
                    && Objects.equals(getId(), account.getId())
                    && Objects.equals(owner, account.owner);
        }

        @Override
        public int hashCode() {
            return Objects.hash(getId(), owner);
        }

        @Override
        public String toString() {
            return getId() + " of " + owner;
        }
    }
}
