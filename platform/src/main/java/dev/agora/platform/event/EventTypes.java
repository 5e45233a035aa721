package dev.agora.platform.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Maps the records of an aggregate's events to type names and back:
 * {@code ProductEvent.PriceChanged} is {@code product.price-changed}. The smaller records
 * of a consumer follow the same rule, so producer and consumer need no shared class.
 *
 * @param <E> the sealed interface of the events
 */
public final class EventTypes<E extends Event> {

	private final Map<String, Class<? extends E>> classes;

	private EventTypes(Map<String, Class<? extends E>> classes) {
		this.classes = classes;
	}

	/**
	 * Reads the event types of a sealed interface.
	 * @param events the sealed interface, named {@code <Aggregate>Event}
	 */
	public static <E extends Event> EventTypes<E> of(Class<E> events) {
		if (!events.isSealed()) {
			throw new IllegalArgumentException(events + " is not sealed.");
		}
		return new EventTypes<>(Stream.of(events.getPermittedSubclasses())
			.collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, (type) -> type.asSubclass(events))));
	}

	/** Returns the type name of an event. */
	public static String nameOf(Class<?> event) {
		Class<?> family = event.getEnclosingClass();
		if (family == null || !family.getSimpleName().endsWith("Event")) {
			throw new IllegalArgumentException(event + " is not nested in an interface named <Aggregate>Event.");
		}
		String aggregate = family.getSimpleName().substring(0, family.getSimpleName().length() - "Event".length());
		return kebab(aggregate) + "." + kebab(event.getSimpleName());
	}

	/** Returns the names of the types. */
	public String[] names() {
		return this.classes.keySet().toArray(String[]::new);
	}

	/** Returns the class of a type, empty if the sealed interface has none. */
	public Optional<Class<? extends E>> classOf(String name) {
		return Optional.ofNullable(this.classes.get(name));
	}

	private static String kebab(String camel) {
		return camel.replaceAll("(?<=.)(?=\\p{Upper})", "-").toLowerCase(Locale.ROOT);
	}

}
