package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cdimessages.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which classes can be messages, and what they are called. */
class MessageTypesTest {
    record Plain(int number) {}

    @MessageType("order-placed")
    record Named(int number) {}

    @MessageType("order-placed")
    record SameName(int number) {}

    record Generic<T>(T content) {}

    static class Plains extends ArrayList<Plain> {
        private static final long serialVersionUID = 1L;
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Light {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "go";
            }
        }
    }

    private final MessageTypes types = new MessageTypes();

    @Test
    void aClassIsCalledByItsBinaryNameOrByItsAnnotation() {
        assertThat(types.nameOf(Plain.class)).isEqualTo(Plain.class.getName());
        assertThat(types.nameOf(Named.class)).isEqualTo("order-placed");
        assertThat(types.nameOf(Plains.class)).isEqualTo(Plains.class.getName());
    }

    @Test
    void aClassWithTypeParametersIsRefusedAndTheCureNamed() {
        for (Class<?> type : List.of(Generic.class, List.class, Map.of().getClass(), Generic[][].class)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> types.nameOf(type))
                    .withMessageContaining(type.getName())
                    .withMessageContaining("record");
        }
    }

    @Test
    void onlyWhatWasDeclaredIsFoundByItsName() {
        assertThat(types.find(Plain.class.getName(), Object.class)).isNull();

        types.declare(Plain.class);

        assertThat(types.find(Plain.class.getName(), Object.class)).isEqualTo(Plain.class);
        assertThat(types.find(Plain.class.getName(), Named.class)).isNull();
        assertThat(types.find("java.lang.Runtime", Object.class)).isNull();
    }

    @Test
    void aSealedTypeDeclaresItsPermittedClasses() {
        types.declare(Shape.class);

        assertThat(types.find(Circle.class.getName(), Shape.class)).isEqualTo(Circle.class);
        assertThat(types.find(Square.class.getName(), Object.class)).isEqualTo(Square.class);
    }

    @Test
    void twoClassesOfOneNameAreRefusedByBothNames() {
        types.declare(Named.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.declare(SameName.class))
                .withMessageContaining("order-placed")
                .withMessageContaining(Named.class.getName())
                .withMessageContaining(SameName.class.getName());
    }

    @Test
    @SuppressWarnings("GetClassOnEnum") // that is the point
    void aConstantWithABodyIsOfItsEnum() {
        types.declare(Light.GREEN.getClass());
        types.declare(Light.RED.getClass());

        assertThat(types.nameOf(Light.GREEN.getClass())).isEqualTo(Light.class.getName());
        assertThat(types.find(Light.class.getName(), Light.class)).isEqualTo(Light.class);
    }
}
