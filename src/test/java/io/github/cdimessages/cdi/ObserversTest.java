package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.DeliveryFailure;
import io.github.cdimessages.testing.Heard;
import io.github.cdimessages.testing.Node;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which observers hear what, and which are refused. */
class ObserversTest {
    record Update(int number) {}

    @Singleton
    static class Application {
        final Heard<Object> payloads = new Heard<>();
        final Heard<Object> envelopes = new Heard<>();
        final Heard<Object> everything = new Heard<>();
        final Heard<Object> async = new Heard<>();
        final Heard<Object> unqualified = new Heard<>();
        final Heard<Object> objects = new Heard<>();
        final Heard<DeliveryFailure> failures = new Heard<>();

        void payload(@Observes @Channel("updates") Update update) {
            payloads.onMessage(update);
        }

        void throwing(@Observes @Channel("updates") Update update) {
            throw new IllegalArgumentException("provoked by update " + update.number());
        }

        void envelope(@Observes @Channel("updates") ChannelEvent event) {
            envelopes.onMessage(event.payload());
        }

        void every(@Observes ChannelEvent event) {
            everything.onMessage(event.channel());
        }

        void async(@ObservesAsync @Channel("updates") Update update) {
            async.onMessage(update);
        }

        void unqualified(@Observes Update update) {
            unqualified.onMessage(update);
        }

        void object(@Observes Object any) {
            if (any.getClass().getName().contains("cdimessages")) {
                objects.onMessage(any);
            }
        }

        void record(@Observes Record any) {
            object(any);
        }

        <T> void anything(@Observes T any) {
            object(any);
        }

        void failure(@Observes DeliveryFailure failure) {
            failures.onMessage(failure);
            throw new AssertionError("provoked by a failure");
        }
    }

    @Test
    void eachKindHearsItsMessagesInOrderAndAThrowingOneHurtsNobody() {
        try (Node node = Node.with(Application.class)) {
            Application application = node.get(Application.class);
            Object[] updates = IntStream.range(0, 100).mapToObj(Update::new).toArray();
            for (Object update : updates) {
                node.messages().postMessage("updates", update);
            }
            node.messages().postMessage("other", new Update(-1));

            application.payloads.await(100);
            application.envelopes.await(100);
            application.async.await(100);
            application.everything.await(101);
            application.failures.await(100);
            assertThat(application.payloads.all()).containsExactly(updates);
            assertThat(application.envelopes.all()).containsExactly(updates);
            assertThat(application.async.all()).containsExactly(updates);
            assertThat(application.everything.all()).hasSize(101).contains("other");
            assertThat(application.unqualified.all()).isEmpty();
            assertThat(application.failures.all())
                    .allSatisfy(failure -> assertThat(failure.cause()).hasMessageContaining("provoked"));
            assertThat(application.objects.all())
                    .as("an observer of everything hears announcements, but no internal event")
                    .allMatch(DeliveryFailure.class::isInstance);
        }
    }

    static class Blank {
        void observe(@Observes @Channel(" ") Update update) {}
    }

    static class Generic {
        void observe(@Observes @Channel("updates") java.util.List<Update> updates) {}
    }

    static class Transactional {
        void observe(@Observes(during = TransactionPhase.AFTER_SUCCESS) @Channel("updates") Update update) {}
    }

    static class Reserved {
        void observe(@Observes @Channel("_mine") Update update) {}
    }

    static class TooLong {
        static final String NAME = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

        void observe(
                @Observes
                        @Channel(NAME + NAME + NAME + NAME + NAME + NAME + NAME + NAME + NAME + NAME + NAME + NAME
                                + NAME + NAME + NAME + NAME + NAME)
                        Update update) {}
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Urgent {}

    static class Qualified {
        void observe(@Observes @Channel("updates") @Urgent Update update) {}
    }

    static class QualifiedEnvelope {
        void observe(@Observes @Urgent ChannelEvent event) {}
    }

    @Singleton
    static class Ordered {
        final Heard<String> heard = new Heard<>();

        void early(@Observes @Priority(1) @Channel("updates") Update update) {
            heard.onMessage("early");
        }

        void late(@Observes @Priority(Integer.MAX_VALUE) @Channel("updates") Update update) {
            heard.onMessage("late");
        }

        void usual(@Observes @Any @Channel("updates") Update update) {
            heard.onMessage("usual");
        }

        void second(@Observes @Priority(2) @Channel("updates") Update update) {
            heard.onMessage("second");
        }
    }

    @Test
    void theirPrioritiesAreTheirOrder() {
        try (Node node = Node.with(Ordered.class)) {
            node.messages().postMessage("updates", new Update(1));
            Heard<String> heard = node.get(Ordered.class).heard;
            heard.await(4);
            assertThat(heard.all()).containsExactly("early", "second", "usual", "late");
        }
    }

    static class Metadata {
        void observe(@Observes @Channel("updates") Update update, EventMetadata metadata) {}
    }

    @Test
    void aWrongDeclarationStopsTheDeploymentAndNamesTheMethod() {
        assertThatThrownBy(() -> Node.with(Blank.class))
                .hasMessageContaining("Blank")
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> Node.with(Generic.class))
                .hasMessageContaining("Generic")
                .hasMessageContaining("type parameters");
        assertThatThrownBy(() -> Node.with(Transactional.class))
                .hasMessageContaining("Transactional")
                .hasMessageContaining("AFTER_SUCCESS");
        assertThatThrownBy(() -> Node.with(Metadata.class))
                .hasMessageContaining("Metadata.observe")
                .hasMessageContaining("observe ChannelEvent");
        assertThatThrownBy(() -> Node.with(Reserved.class))
                .hasMessageContaining("Reserved.observe")
                .hasMessageContaining("'_mine'");
        assertThatThrownBy(() -> Node.with(TooLong.class))
                .hasMessageContaining("TooLong.observe")
                .hasMessageContaining("at most 1024");
        assertThatThrownBy(() -> Node.with(Qualified.class))
                .hasMessageContaining("Qualified.observe")
                .hasMessageContaining("Urgent");
        assertThatThrownBy(() -> Node.with(QualifiedEnvelope.class))
                .hasMessageContaining("QualifiedEnvelope.observe")
                .hasMessageContaining("Urgent");
    }
}
