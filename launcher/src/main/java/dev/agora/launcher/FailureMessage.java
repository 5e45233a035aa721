package dev.agora.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.root.Problem;

/**
 * Explains in one sentence why a command has failed, since a stack trace does not help a
 * user whose file or address is wrong.
 */
final class FailureMessage {

	private static final Map<Class<? extends FileSystemException>, String> FILES = Map.of(NoSuchFileException.class,
			"does not exist", AccessDeniedException.class, "cannot be read or written by you",
			FileAlreadyExistsException.class, "is a file where a directory is needed", NotDirectoryException.class,
			"is not a directory", DirectoryNotEmptyException.class, "is not empty");

	private FailureMessage() {
	}

	/** Returns the message, or null if the failure is a bug. */
	static @Nullable String of(Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof Problem) {
			return cause.getMessage();
		}
		if (cause instanceof InvalidPathException path) {
			return ofPath(path.getInput());
		}
		return (cause instanceof IOException io) ? ofInputOutput(io) : null;
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && (cause instanceof CompletionException || cause instanceof ExecutionException
				|| cause instanceof UncheckedIOException)) {
			cause = cause.getCause();
		}
		return cause;
	}

	private static String ofInputOutput(IOException failure) {
		if (failure instanceof FileSystemException file) {
			return ofFile(file);
		}
		if (failure instanceof ConnectException || failure instanceof HttpTimeoutException) {
			return "The launcher or a process of the system does not respond. ./agora status shows what runs.";
		}
		String message = Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
		return (failure instanceof UnknownHostException) ? "There is no machine with the name " + message + "."
				: "Input or output failed: " + message + ".";
	}

	private static String ofFile(FileSystemException failure) {
		String reason = FILES.get(failure.getClass());
		String detail = Objects.requireNonNullElse(failure.getReason(), "the reason is unknown");
		return failure.getFile() + " " + ((reason != null) ? reason : "cannot be used: " + detail) + ".";
	}

	/** Returns the message for a path that the locale cannot encode, or null. */
	static @Nullable String ofPath(@Nullable String path) {
		boolean unencodable = path != null && path.chars().anyMatch((character) -> character == 0xFFFD);
		return unencodable ? "The path " + path + " has characters that the locale of this shell cannot encode."
				+ " Choose a locale with UTF-8, for example: export LC_ALL=C.UTF-8" : null;
	}

}
