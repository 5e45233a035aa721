package dev.agora.platform.problem.input;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ServerWebInputException;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Finds the invalid fields in the exceptions by which Spring and Jackson report an input
 * that they could not read.
 */
public final class InputErrors {

	private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"(.*)\"", Pattern.DOTALL);

	private InputErrors() {
	}

	/** Finds the fields of a body, parameter or header that could not be read. */
	public static List<FieldError> of(ServerWebInputException exception) {
		if (exception instanceof WebExchangeBindException binding) {
			return binding.getFieldErrors()
				.stream()
				.map((error) -> new FieldError(error.getField(), messageOrDefault(error.getDefaultMessage())))
				.distinct()
				.sorted(Comparator.comparing(FieldError::field))
				.toList();
		}
		InvalidRequest invalid = cause(exception, InvalidRequest.class);
		if (invalid != null) {
			return invalid.errors();
		}
		JacksonException cause = cause(exception, JacksonException.class);
		if (cause != null) {
			return List.of(of(cause));
		}
		return List.of(new FieldError(parameterName(exception), messageOrDefault(exception.getReason())));
	}

	/** Finds the parameters that violate their constraints. */
	public static List<FieldError> of(HandlerMethodValidationException exception) {
		return exception.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> new FieldError(String.valueOf(result.getMethodParameter().getParameterName()),
						messageOrDefault(error.getDefaultMessage()))))
			.toList();
	}

	private static String parameterName(ServerWebInputException exception) {
		MethodParameter parameter = exception.getMethodParameter();
		if (parameter == null || parameter.hasParameterAnnotation(RequestBody.class)) {
			return "body";
		}
		String name = parameter.getParameterName();
		return (name != null) ? name : "body";
	}

	private static <T extends Throwable> @Nullable T cause(Throwable exception, Class<T> type) {
		for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	/** Finds the field of a JSON text that could not be read. */
	public static FieldError of(JacksonException exception) {
		Matcher duplicate = DUPLICATE.matcher(exception.getOriginalMessage());
		if (!duplicate.lookingAt()) {
			return new FieldError(path(exception), message(exception));
		}
		String path = exception.getPath().isEmpty() ? "" : path(exception) + ".";
		return new FieldError(path + duplicate.group(1), "must be given once");
	}

	private static String path(JacksonException exception) {
		String path = exception.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "." + step.getPropertyName()
					: "[" + step.getIndex() + "]")
			.collect(Collectors.joining());
		return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
	}

	private static String message(JacksonException exception) {
		if (exception instanceof UnrecognizedPropertyException) {
			return "is not a known field";
		}
		if (exception instanceof InvalidFormatException format) {
			return "must be " + article(name(format.getTargetType()));
		}
		if (exception instanceof InputCoercionException) {
			return "is out of range";
		}
		if (exception.getOriginalMessage().startsWith("Trailing token")) {
			return "must be one JSON value and nothing after it";
		}
		if (exception instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return "must be " + article(name(mismatch.getTargetType()));
		}
		if (exception instanceof StreamConstraintsException) {
			return "is longer or nested deeper than allowed";
		}
		if (exception instanceof StreamReadException) {
			return "is not well-formed JSON in UTF-8";
		}
		return "cannot be read";
	}

	private static String article(String name) {
		return (name.equals("object") ? "an " : "a ") + name;
	}

	private static String name(Class<?> type) {
		if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
			return "number";
		}
		if (type == String.class) {
			return "string";
		}
		return type.isRecord() || Map.class.isAssignableFrom(type) ? "object"
				: Iterable.class.isAssignableFrom(type) ? "list" : "value";
	}

	private static String messageOrDefault(@Nullable String message) {
		return (message != null) ? message : "is not valid";
	}

}
