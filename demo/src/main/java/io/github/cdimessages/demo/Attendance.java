package io.github.cdimessages.demo;

import io.github.cdimessages.MessageType;
import java.util.List;

/** Everybody on one server, all at once: one that is missed is made good by the next. */
@MessageType("chat.attendance")
public record Attendance(String node, List<Person> people) {}
