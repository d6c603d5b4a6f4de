package io.github.cdimessages.arquillian.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

/** Tells whether it runs in a transaction. */
@ApplicationScoped
public class Ledger {
    @Resource
    TransactionSynchronizationRegistry transactions;

    @Transactional
    public boolean inTransaction() {
        return transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
    }
}
