package io.github.cdimessages.arquillian.ways;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** Tells who calls an EJB. */
@Stateless
public class Guard {
    @Resource
    SessionContext context;

    public String caller() {
        return context.getCallerPrincipal().getName();
    }
}
