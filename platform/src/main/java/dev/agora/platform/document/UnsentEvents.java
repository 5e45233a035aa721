package dev.agora.platform.document;

import java.util.List;

/**
 * The unsent events of one document, as they stood after a write.
 *
 * @param outbox the collection's outbox
 * @param id the aggregate's id
 * @param entries the events, in the order in which they happened
 */
public record UnsentEvents(Outbox outbox, String id, List<OutboxEntry> entries) {
}
