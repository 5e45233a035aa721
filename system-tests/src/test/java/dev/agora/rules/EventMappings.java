package dev.agora.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;

import dev.agora.platform.event.Event;

/** Finds the events, topics and consumer groups in the code. */
final class EventMappings {

	private static final String LISTENER = "org.springframework.kafka.annotation.KafkaListener";

	private static final String IMPORT = "org.springframework.context.annotation.Import";

	private static final String JOBS = "dev.agora.platform.job.JobConfiguration";

	/** The listeners that several services share, each with a group of its own. */
	private static final Map<String, SharedListener> SHARED = Map.of("dev.agora.platform.member.MemberListener",
			new SharedListener("dev.agora.platform.member.MemberListener", "session.members.v1", "%s.members"),
			"dev.agora.platform.imports.UploadListener",
			new SharedListener("dev.agora.platform.imports.UploadListener", "%s.jobs.v1", "%s.uploads"),
			"dev.agora.platform.job.mail.JobMailListener",
			new SharedListener("dev.agora.platform.job.mail.JobMailListener", "%s.jobs.v1", "%s.job-mails"),
			"dev.agora.platform.exports.ExportRequestListener", new SharedListener(
					"dev.agora.platform.exports.ExportRequestListener", "feed.exports.v1", "%s.export-requests"));

	private static final String TOPICS = "    topics: ";

	private final JavaClasses classes;

	EventMappings(JavaClasses classes) {
		this.classes = classes;
	}

	/** Returns the types of the events, published and received ones. */
	Set<String> events() {
		Set<String> types = new TreeSet<>();
		this.classes.stream()
			.filter((type) -> type.isRecord() && type.isAssignableTo(Event.class))
			.forEach((type) -> types.add(nameOf(type)));
		return types;
	}

	/** Returns {@code <topic> <group>} of each listener, and of each queue of jobs. */
	Set<String> groups() {
		Set<String> groups = new TreeSet<>(listeners());
		servicesThatImport(JOBS).forEach((service) -> groups.add(service + ".jobs.v1 " + service + ".jobs"));
		return groups;
	}

	/** Returns {@code <topic>.<group>} of each listener, which has dead letters. */
	Set<String> deadLetters() {
		Set<String> sources = new TreeSet<>();
		listeners().forEach((listener) -> sources.add(listener.replace(' ', '.')));
		return sources;
	}

	/** Returns the service that creates each topic and publishes to it. */
	static Map<String, String> producers() throws IOException {
		Map<String, String> producers = new TreeMap<>();
		for (Path file : Modules.files(".*-service/src/main/resources/application\\.yml")) {
			String service = Modules.root().relativize(file).getName(0).toString();
			Files.readAllLines(file)
				.stream()
				.filter((line) -> line.startsWith(TOPICS))
				.flatMap((line) -> Stream.of(line.substring(TOPICS.length()).split(",", -1)))
				.forEach((topic) -> producers.put(topic, service));
		}
		return producers;
	}

	/**
	 * Returns the name as {@code EventTypes} does, which needs the class to be loaded.
	 */
	private static String nameOf(JavaClass event) {
		String aggregate = event.getEnclosingClass().orElseThrow().getSimpleName().replaceFirst("Event$", "");
		return kebab(aggregate) + "." + kebab(event.getSimpleName());
	}

	private static String kebab(String camel) {
		return camel.replaceAll("(?<=.)(?=\\p{Upper})", "-").toLowerCase(Locale.ROOT);
	}

	private Set<String> listeners() {
		Set<String> groups = new TreeSet<>();
		this.classes.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(LISTENER))
			.forEach((method) -> groups.addAll(listenersOf(method)));
		return groups;
	}

	private Set<String> listenersOf(JavaMethod method) {
		JavaAnnotation<?> listener = method.getAnnotationOfType(LISTENER);
		String group = (String) listener.get("groupId").orElseThrow();
		Set<String> groups = new TreeSet<>();
		if (group.startsWith("#{")) {
			SharedListener shared = Objects.requireNonNull(SHARED.get(method.getOwner().getName()),
					() -> "SHARED lacks " + method.getOwner().getName());
			servicesThatImport(shared.imported()).forEach((service) -> groups.add(shared.of(service)));
			return groups;
		}
		for (String topic : (String[]) listener.get("topics").orElseThrow()) {
			groups.add(topic + " " + group);
		}
		return groups;
	}

	/** Returns the services whose application imports a class, as in {@code feed}. */
	private Set<String> servicesThatImport(String imported) {
		Set<String> services = new TreeSet<>();
		this.classes.stream()
			.filter((type) -> type.isAnnotatedWith(IMPORT))
			.filter((type) -> Stream.of((Object[]) type.getAnnotationOfType(IMPORT).get("value").orElseThrow())
				.anyMatch((each) -> ((JavaClass) each).getName().equals(imported)))
			.map((type) -> type.getPackageName().split("\\.", -1)[2])
			.filter((service) -> !service.equals("platform"))
			.forEach(services::add);
		return services;
	}

	/**
	 * A listener that several services share.
	 *
	 * @param imported the class that a service imports for it
	 * @param topic the topic, with {@code %s} for the service
	 * @param group the consumer group, with {@code %s} for the service
	 */
	private record SharedListener(String imported, String topic, String group) {

		String of(String service) {
			return this.topic.formatted(service) + " " + this.group.formatted(service);
		}

	}

}
