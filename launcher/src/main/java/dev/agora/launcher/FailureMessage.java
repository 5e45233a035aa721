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
 * Says in one sentence what a command failed on: files and addresses are the user's, and
 * a stack trace would tell them nothing.
 */
final class FailureMessage {

	private static final Map<Class<? extends FileSystemException>, String> FILES = Map.of(NoSuchFileException.class,
			"does not exist", AccessDeniedException.class, "may not be read or written by you",
			FileAlreadyExistsException.class, "is a file where a directory is needed", NotDirectoryException.class,
			"is no directory", DirectoryNotEmptyException.class, "is not empty");

	private FailureMessage() {
	}

	/** The sentence; none for a fault of the program. */
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
			return "The launcher or a process of the system does not answer: ./agora status shows what runs.";
		}
		String message = Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
		return (failure instanceof UnknownHostException) ? "There is no machine called " + message + "."
				: "Input or output failed: " + message + ".";
	}

	private static String ofFile(FileSystemException failure) {
		String known = FILES.get(failure.getClass());
		String reason = Objects.requireNonNullElse(failure.getReason(), "cannot be used");
		return failure.getFile() + " " + ((known != null) ? known : "cannot be used: " + reason) + ".";
	}

	/** About a path that this Java cannot pass on to the system; none about another. */
	static @Nullable String ofPath(@Nullable String path) {
		boolean unreadable = path != null && path.chars().anyMatch((character) -> character == 0xFFFD);
		return unreadable ? "The name " + path + " has characters that the locale of this shell does not know."
				+ " Choose one with UTF-8, for example: export LC_ALL=C.UTF-8" : null;
	}

}
