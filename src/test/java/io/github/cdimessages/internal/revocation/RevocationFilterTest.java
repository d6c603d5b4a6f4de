package io.github.cdimessages.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevocationFilterTest {
    @Test
    void whoIsSentToThePageAgainIsNeverSentToAnotherHost() {
        assertThat(RevocationFilter.again("/chat/page", null)).isEqualTo("/chat/page");
        assertThat(RevocationFilter.again("/chat/page", "a=b")).isEqualTo("/chat/page?a=b");
        assertThat(RevocationFilter.again("//elsewhere.example/", "a=b")).isEqualTo("/elsewhere.example/?a=b");
        assertThat(RevocationFilter.again("/\\elsewhere.example/", null)).isEqualTo("/elsewhere.example/");
    }
}
