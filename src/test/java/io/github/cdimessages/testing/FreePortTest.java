package io.github.cdimessages.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
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
        try (ServerSocket program = onThePortAfter(FreePort.next())) {
            assertThat(FreePort.next()).isNotEqualTo(program.getLocalPort());
        }
    }

    /** On the next one that it can have. */
    private static ServerSocket onThePortAfter(int port) throws IOException {
        try {
            return new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            return onThePortAfter(FreePort.next());
        }
    }
}
