package dev.agora.console.trace;

import java.util.Map;

/**
 * A step of a trace.
 *
 * @param id the id of the step
 * @param parent the id of the step that caused it, empty for the first one
 * @param name what was done
 * @param kind the kind, such as SERVER or CONSUMER
 * @param service the service that did it
 * @param instance the instance of the service, empty if unknown
 * @param start the start in microseconds since 1970
 * @param duration the duration in microseconds
 * @param failed whether the step has failed
 * @param attributes the attributes of the step, shortened
 */
record Span(String id, String parent, String name, String kind, String service, String instance, long start,
		long duration, boolean failed, Map<String, String> attributes) {

	long end() {
		return this.start + this.duration;
	}

	/**
	 * Whether an attribute has exactly this value, such as the id of a request or a
	 * member.
	 */
	boolean hasValue(String value) {
		return this.attributes.containsValue(value);
	}

}
