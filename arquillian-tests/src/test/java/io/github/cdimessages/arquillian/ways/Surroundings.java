package io.github.cdimessages.arquillian.ways;

import jakarta.enterprise.concurrent.ManageableThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What code finds around it on the thread that runs it. */
@ApplicationScoped
public class Surroundings {
    @Inject
    SecurityContext security;

    @Inject
    Guard guard;

    Map<String, String> here() throws NamingException {
        Map<String, String> found = new TreeMap<>();
        found.put("caller", caller());
        found.put("caller of an EJB", guard.caller());
        found.put("role", String.valueOf(isPoster()));
        found.put("managed", String.valueOf(Thread.currentThread() instanceof ManageableThread));
        found.put("pool", Thread.currentThread().getName().replaceAll("[0-9]+", ""));
        found.put("module", InitialContext.doLookup("java:module/ModuleName"));
        found.put("component", String.valueOf(InitialContext.<Object>doLookup("java:comp/BeanManager") != null));
        found.put("bean", CDI.current().select(Surroundings.class).get() == null ? "none" : "found");
        found.put("loader", String.valueOf(isLoadedFromHere()));
        return found;
    }

    /** Open Liberty's threads have a loader of their own, which asks the application's. */
    private static boolean isLoadedFromHere() {
        try {
            return Class.forName(
                            Surroundings.class.getName(),
                            false,
                            Thread.currentThread().getContextClassLoader())
                    == Surroundings.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private String caller() {
        try {
            Principal caller = security.getCallerPrincipal();
            return caller == null ? "anonymous" : caller.getName();
        } catch (NullPointerException e) {
            return "anonymous"; // Payara 7.2025.1, on each thread that has no request
        }
    }

    private boolean isPoster() {
        try {
            return security.isCallerInRole("poster");
        } catch (NullPointerException e) {
            return false; // as above
        }
    }
}
