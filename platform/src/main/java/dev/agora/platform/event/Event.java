package dev.agora.platform.event;

/**
 * An event of an aggregate. The events of one aggregate are records that are nested in a
 * sealed interface that extends this one.
 */
public interface Event {

}
