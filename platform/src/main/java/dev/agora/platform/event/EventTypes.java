package dev.agora.platform.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names under which the events of one aggregate travel:
 * {@code ProductEvent.PriceChanged} is {@code product.price-changed}. A consumer's own
 * smaller records follow the same rule, so both sides agree without sharing a class.
 *
 * @param <E> the aggregate's sealed event interface
 */
public final class EventTypes<E extends Event> {

	private final Map<String, Class<? extends E>> classes;

	private EventTypes(Map<String, Class<? extends E>> classes) {
		this.classes = classes;
	}

	/**
	 * Reads the names off a sealed interface.
	 * @param events the sealed interface, named {@code <Aggregate>Event}
	 */
	public static <E extends Event> EventTypes<E> of(Class<E> events) {
		if (!events.isSealed()) {
			throw new IllegalArgumentException(events + " is not sealed");
		}
		return new EventTypes<>(Stream.of(events.getPermittedSubclasses())
			.collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, (type) -> type.asSubclass(events))));
	}

	/** The name of an event's type. */
	public static String nameOf(Class<?> event) {
		Class<?> family = event.getEnclosingClass();
		if (family == null || !family.getSimpleName().endsWith("Event")) {
			throw new IllegalArgumentException(event + " is not nested in an interface named <Aggregate>Event");
		}
		String aggregate = family.getSimpleName().substring(0, family.getSimpleName().length() - "Event".length());
		return kebab(aggregate) + "." + kebab(event.getSimpleName());
	}

	/** The class that reads a type; empty for a type that this reader does not know. */
	public Optional<Class<? extends E>> classOf(String name) {
		return Optional.ofNullable(this.classes.get(name));
	}

	private static String kebab(String camel) {
		return camel.replaceAll("(?<=.)(?=\\p{Upper})", "-").toLowerCase(Locale.ROOT);
	}

}
