package io.github.cdimessages.internal.jsonb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.settings.Settings;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {
    public record Text(String text) {}

    public record Sum(BigDecimal sum) {}

    public record Tree(Tree child) {}

    private final JsonLimits limits = new JsonLimits(3);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[[[]]]",
                "[[],[],[],[[]]]",
                "{\"a\":{\"b\":[1]}}",
                "\"[[[[\"",
                "\"\\\"[[[[\"",
                "\"\\\\\",[[[]]]",
                "\"\\u005b\\\\[[[[",
                "\"\\",
                "]]]][[[",
                "1e9999",
                "-12.5E+10"
            })
    void whatIsWithinTheLimitsPasses(String json) {
        assertThatCode(() -> limits.check(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[[", "{\"a\":[[{", "\"\\\\\"[[[[", "\"a\"[\"[\"[[[", "[1,2,[[[]]]]"})
    void whatIsNestedDeeperIsRefused(String json) {
        assertThatThrownBy(() -> limits.check(json)).hasMessageContaining("messages.json.max-depth");
    }

    @Test
    void aNumberThatWouldTakeTimeOrMemoryIsRefused() {
        assertThatThrownBy(() -> limits.check("{\"sum\":" + "9".repeat(100_000) + '}'))
                .hasMessageContaining("100000 characters");
        assertThatThrownBy(() -> limits.check("[1e1000000000]")).hasMessageContaining("exponent");
        assertThatCode(() -> limits.check(String.valueOf(
                        new BigDecimal(Double.MIN_VALUE).toPlainString().length())))
                .doesNotThrowAnyException();
    }

    @Test
    void theCodecRefusesInBothDirectionsByNameOfTheClass() {
        JsonbCodec codec = new JsonbCodec(new Settings(Map.of("messages.json.max-depth", "5")::get));
        Tree tree = null;
        for (int i = 0; i < 6; i++) {
            tree = new Tree(tree);
        }
        Tree deep = tree;
        assertThatThrownBy(() -> codec.encode(deep))
                .isInstanceOf(MessagesException.class)
                .hasMessageContainingAll(Tree.class.getName(), "messages.json.max-depth");
        assertThatThrownBy(() -> codec.decode("{\"child\":".repeat(100_000), Tree.class))
                .isInstanceOf(MessagesException.class)
                .hasMessageContainingAll(Tree.class.getName(), "messages.json.max-depth");
        assertThatThrownBy(() -> codec.decode("{\"sum\":1e-99999}", Sum.class))
                .isInstanceOf(MessagesException.class)
                .hasMessageContaining("number");
    }

    @Test
    void whatAProblemQuotesOfTheTextIsFitForALog() {
        JsonbCodec codec = new JsonbCodec();
        String forged = "{\"text\":\n!\r\nWARNING all is well" + "x".repeat(5_000);
        assertThatThrownBy(() -> codec.decode(forged, Text.class))
                .isInstanceOf(MessagesException.class)
                .satisfies(problem -> assertThat(problem.getMessage())
                        .doesNotContain("\n", "\r")
                        .hasSizeLessThan(1_000));
    }
}
