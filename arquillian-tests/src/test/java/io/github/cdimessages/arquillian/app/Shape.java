package io.github.cdimessages.arquillian.app;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;

/** Messages that a listener asks for by what they have in common; a drawing holds some of each. */
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

    /** One of each class. */
    static List<Shape> each() {
        return List.of(new Circle(1), new Square(2), new Drawing(List.of(new Square(3), new Circle(4))));
    }
}
