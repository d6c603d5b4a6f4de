package io.github.cdimessages.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void isGivenOutOnce() {
        List<Integer> ports = IntStream.range(0, 1_000)
                .parallel()
                .mapToObj(each -> FreePort.next())
                .toList();

        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void isNoneThatIsUsed() throws IOException {
        int used = FreePort.next() + 1;
        try (ServerSocket program = new ServerSocket(used, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.next()).isNotEqualTo(program.getLocalPort());
        }
    }
}
