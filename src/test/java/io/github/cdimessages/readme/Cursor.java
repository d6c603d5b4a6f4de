package io.github.cdimessages.readme;

import io.github.cdimessages.WebSocketSessionScoped;
import jakarta.annotation.PreDestroy;

// region scope
@WebSocketSessionScoped
public class Cursor {
    private int line;

    public void moveTo(int newLine) {
        line = newLine;
    }

    @PreDestroy
    void closed() {
        System.getLogger("editor").log(System.Logger.Level.INFO, "closed at line " + line);
    }
}
// endregion
