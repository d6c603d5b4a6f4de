package io.github.cdimessages.demo.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A kind of server, and how one of it runs in a folder of its own, with the installation shared. */
interface Server {

    /** What its node is called on the page. */
    String name();

    /** What people call it, with its version. */
    String title();

    /** Makes ready the folder, which is new and empty. */
    void prepare(Path folder, List<Path> wars) throws IOException;

    /** What runs it on the loopback interface, without a shell between; properties are those of the JVM. */
    List<String> command(Path folder, List<Path> wars, int port, List<String> properties);

    /** Where it says why it does not come up. */
    Path log(Path folder);

    /** Whether it has refused a war, so that waiting for the page is in vain. */
    boolean refused(Path folder);
}
