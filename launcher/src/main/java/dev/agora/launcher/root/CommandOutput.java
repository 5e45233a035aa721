package dev.agora.launcher.root;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The output and the exit status of a program that was run to its end.
 *
 * @param status its exit status, {@link #TIMED_OUT} if it did not end in time
 * @param text its output
 */
public record CommandOutput(int status, String text) {

	/** The status of a program that did not end in time and was killed. */
	static final int TIMED_OUT = -1;

	/** The time within which a program prints its version. */
	public static final Duration VERSION_BOUND = Duration.ofSeconds(5);

	/**
	 * Runs a program and reads its output.
	 * @param command the command line
	 * @param errors whether the output includes the errors, which are discarded otherwise
	 * @param bound the time for the run and for reading the output
	 */
	public static CommandOutput of(List<String> command, boolean errors, Duration bound)
			throws IOException, InterruptedException {
		long end = System.nanoTime() + bound.toNanos();
		Process process = start(command, errors);
		// A child of the program can keep the output open after the program has ended.
		CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
		try {
			boolean ended = process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
			return ended
					? new CommandOutput(process.exitValue(), text.get(end - System.nanoTime(), TimeUnit.NANOSECONDS))
					: timedOut(bound);
		}
		catch (TimeoutException ex) {
			return timedOut(bound);
		}
		catch (ExecutionException ex) {
			throw new IOException("Cannot read the output of " + command.get(0), ex.getCause());
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private static Process start(List<String> command, boolean errors) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(errors);
		if (!errors) {
			builder.redirectError(ProcessBuilder.Redirect.DISCARD);
		}
		return builder.start();
	}

	private static CommandOutput timedOut(Duration bound) {
		return new CommandOutput(TIMED_OUT, "it did not end within " + bound.toSeconds() + " s");
	}

	private static String read(InputStream output) {
		try {
			return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
