package io.github.cdimessages.internal.revocation;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the filter before all others of an application; the server finds this in META-INF/services. */
public final class RevocationInitializer implements ServletContainerInitializer {

    /** For the server. */
    public RevocationInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        context.addListener(HttpTimes.class);
        FilterRegistration.Dynamic filter = context.addFilter("cdi-messages", RevocationFilter.class);
        if (filter == null) {
            return; // the application has declared it
        }
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }
}
