package io.github.cdimessages.demo;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real Chromium without a screen, with one person's page in it. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens a browser; without one the test is skipped, but on CI it fails, because nobody would notice it there. */
    static Browser start(Path profiles) throws IOException {
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
        options.addArguments("--user-data-dir=" + Files.createTempDirectory(profiles, "profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a room's page, logs in as a person would, and waits until the page is connected. */
    void join(URI page, String room, String name) {
        driver.get(page + "#" + room);
        logIn(name);
        awaitLink("open");
    }

    /** Opens a page, whatever it then is. */
    void visit(URI page) {
        driver.get(page.toString());
    }

    /** Fills in the form of the login. */
    void logIn(String name) {
        awaitOne("#name").sendKeys(name, Keys.TAB, name.toLowerCase(Locale.ROOT), Keys.ENTER);
    }

    /** Writes where the page has put the cursor, and presses Enter. */
    void say(String text) {
        driver.switchTo().activeElement().sendKeys(text, Keys.ENTER);
    }

    void awaitLink(String state) {
        awaitOne("body[data-link=" + state + "]");
    }

    /** Waits until a message with this text is shown as delivered, and gives all that have it. */
    List<WebElement> awaitMessages(String text) {
        return await().atMost(PATIENCE).until(() -> messages(text), found -> !found.isEmpty());
    }

    List<WebElement> messages(String text) {
        return all(".message[data-state=shown]").stream()
                .filter(message ->
                        message.findElement(By.className("text")).getText().equals(text))
                .toList();
    }

    /** Waits until the list of people is as wanted; each is a name, a space and a server's name. */
    List<String> awaitPeople(Predicate<List<String>> wanted) {
        return await().atMost(PATIENCE).ignoreExceptions().until(this::people, wanted);
    }

    /** Waits until something is shown. */
    WebElement awaitOne(String css) {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> one(css), WebElement::isDisplayed);
    }

    WebElement one(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Looks at the page in another size and light, and keeps a picture. */
    void look(int width, int height, boolean phone, String light, Path picture) throws IOException {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", light))));
        Files.createDirectories(picture.getParent());
        Files.write(picture, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private List<String> people() {
        return all("#people li").stream()
                .map(person -> person.getDomAttribute("data-name") + " " + person.getDomAttribute("data-node"))
                .toList();
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
