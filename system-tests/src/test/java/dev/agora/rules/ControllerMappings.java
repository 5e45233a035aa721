package dev.agora.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;

import dev.agora.contract.Operation;

/** Finds the public operations of the controllers by their mapping annotations. */
final class ControllerMappings {

	private static final String ANNOTATIONS = "org.springframework.web.bind.annotation.";

	/** {@code Request} stands for a mapping without a method, which no contract has. */
	private static final List<String> METHODS = List.of("Get", "Put", "Post", "Delete", "Patch", "Request");

	private static final String JOBS_PATH = "${agora.jobs.path}";

	private static final Pattern JOBS_SETTING = Pattern.compile("(?m)^  jobs:\\R    path: (\\S+)$");

	private ControllerMappings() {
	}

	static Set<Operation> of(JavaClasses classes) {
		return classes.stream()
			.flatMap((type) -> type.getMethods().stream())
			.flatMap(ControllerMappings::of)
			.filter((operation) -> !operation.path().startsWith("/internal/"))
			.collect(Collectors.toSet());
	}

	private static Stream<Operation> of(JavaMethod method) {
		return METHODS.stream()
			.flatMap((verb) -> method.tryGetAnnotationOfType(ANNOTATIONS + verb + "Mapping")
				.stream()
				.flatMap(ControllerMappings::paths)
				.flatMap((path) -> resolve(prefix(method.getOwner()) + path))
				.map((path) -> new Operation(verb.toUpperCase(Locale.ROOT), path)));
	}

	/** Returns the path in each service that serves a controller of the platform. */
	private static Stream<String> resolve(String path) {
		return path.contains(JOBS_PATH) ? servicesWithJobs().map((service) -> path.replace(JOBS_PATH, service))
				: Stream.of(path);
	}

	private static Stream<String> servicesWithJobs() {
		return Modules.NAMES.stream()
			.map((module) -> Modules.root().resolve(module).resolve("src/main/resources/application.yml"))
			.filter(Files::exists)
			.map(ControllerMappings::read)
			.flatMap((settings) -> JOBS_SETTING.matcher(settings).results().map((match) -> match.group(1)));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String prefix(JavaClass type) {
		return type.tryGetAnnotationOfType(ANNOTATIONS + "RequestMapping")
			.stream()
			.flatMap(ControllerMappings::paths)
			.collect(Collectors.joining());
	}

	/** A mapping without a path has the path of its class. */
	private static Stream<String> paths(JavaAnnotation<?> mapping) {
		List<String> paths = Stream.of("value", "path")
			.flatMap((name) -> mapping.get(name).stream())
			.flatMap((values) -> Arrays.stream((Object[]) values))
			.map(String::valueOf)
			.toList();
		return paths.isEmpty() ? Stream.of("") : paths.stream();
	}

}
