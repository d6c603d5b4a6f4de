package io.github.cdimessages.internal.jsonb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random text: the scan ends, finds no other fault than its own, and agrees with a count that is made another way. */
class JsonLimitsFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 6);
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1_000_000) / 4;
    private static final String ALPHABET = "[[[{{]}\"\"\\\\,:a1";

    @Test
    void onlyWhatIsTooDeepIsRefused() {
        SplittableRandom random = new SplittableRandom(SEED);
        JsonLimits limits = new JsonLimits(3);
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(16); n > 0; n--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            boolean deep = false;
            try {
                limits.check(text.toString());
            } catch (IllegalArgumentException e) {
                deep = true;
                refused++;
            }
            if (deep != depth(text.toString()) > 3) {
                throw new AssertionError("seed " + SEED + ": refused " + deep + ": " + text);
            }
        }
        assertThat(refused).isBetween(INPUTS / 100, INPUTS);
    }

    private static int depth(String text) {
        String bare = text.replaceAll("\"(?:\\\\.|[^\"\\\\])*(?:\"|\\\\?$)", "");
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            depth = "[{".indexOf(c) >= 0 ? depth + 1 : "]}".indexOf(c) >= 0 ? Math.max(0, depth - 1) : depth;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
