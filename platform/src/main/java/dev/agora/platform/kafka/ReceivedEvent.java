package dev.agora.platform.kafka;

import java.time.Instant;

import dev.agora.platform.event.Event;

/**
 * An event as a listener gets it.
 *
 * @param id the aggregate's id
 * @param version the aggregate's version that the event made; guards every effect
 * @param at when it happened
 * @param event what happened
 * @param <E> the events of the aggregate
 */
public record ReceivedEvent<E extends Event>(String id, long version, Instant at, E event) {
}
