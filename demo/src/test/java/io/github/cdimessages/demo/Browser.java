package io.github.cdimessages.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A browser with one person's page in it. */
final class Browser implements AutoCloseable {
    /** Longer than messages.revocation.max-outage is by default. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ChromeDriver driver;
    private final Consumer<ChromeDriver> onClose;

    Browser(ChromeDriver driver, Consumer<ChromeDriver> onClose) {
        this.driver = driver;
        this.onClose = onClose;
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
        onClose.accept(driver);
    }

    private List<String> people() {
        return all("#people li").stream()
                .map(person -> person.getDomAttribute("data-name") + " " + person.getDomAttribute("data-node"))
                .toList();
    }
}
