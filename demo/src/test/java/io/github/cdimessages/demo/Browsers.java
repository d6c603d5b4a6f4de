package io.github.cdimessages.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Real Chromiums without a screen. One takes seconds to start, so what somebody has closed is handed to the next. */
final class Browsers implements AutoCloseable {
    // Mutable state: the tests' thread
    private final Deque<ChromeDriver> idle = new ArrayDeque<>();

    /** Opens a browser that has seen nothing yet. */
    Browser open() {
        return new Browser(idle.isEmpty() ? start() : idle.pop(), this::takeBack);
    }

    @Override
    public void close() {
        idle.forEach(ChromeDriver::quit);
    }

    private void takeBack(ChromeDriver driver) {
        try {
            driver.get("about:blank");
            driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
            driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
            idle.push(driver);
        } catch (WebDriverException e) {
            driver.quit();
        }
    }

    /** Without one the test is skipped, but on CI it fails, because nobody would notice it there. */
    private static ChromeDriver start() {
        Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromeDriver = program("chromedriver");
        if (chromium.isEmpty() || chromeDriver.isEmpty()) {
            String missing =
                    "no Chromium with chromedriver on the PATH; on Debian: apt-get install chromium chromium-driver";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        ChromeOptions options =
                new ChromeOptions().setBinary(chromium.orElseThrow().toFile());
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run");
        options.addArguments("--disable-background-networking", "--disable-component-update", "--disable-sync");
        options.addArguments("--disable-dev-shm-usage", "--window-size=1280,860");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
