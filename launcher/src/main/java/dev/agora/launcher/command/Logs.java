package dev.agora.launcher.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/** Shows the log of one process. */
@Command(name = "logs", description = "Show the log of a process.")
public final class Logs implements Callable<Integer> {

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "PROCESS", description = "A process, such as kafka or feed-service-1.")
	private String process = "";

	@Option(names = { "-f", "--follow" }, description = "Show new lines as they are written, until Ctrl-C.")
	private boolean follow;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Path log = log();
		long position = show(log, 0);
		while (this.follow) {
			TimeUnit.MILLISECONDS.sleep(200);
			// A log that is shorter than before belongs to a new run.
			position = show(log, (Files.size(log) < position) ? 0 : position);
		}
		return 0;
	}

	private Path log() throws IOException {
		DataDirectory directory = this.data.directory();
		for (String name : List.of(this.process, this.process + "-1")) {
			if (Files.exists(directory.log(name))) {
				return directory.log(name);
			}
		}
		List<String> available = available(directory);
		throw new Problem("There is no log of " + this.process + ". "
				+ (available.isEmpty() ? "No process has run on this data directory."
						: "Choose one of these: " + String.join(", ", available) + "."));
	}

	private static List<String> available(DataDirectory directory) throws IOException {
		Path logs = directory.log("any").resolveSibling("");
		if (!Files.isDirectory(logs)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(logs)) {
			return files.map((file) -> file.getFileName().toString().replace(".log", ""))
				.filter((name) -> !name.endsWith(".1"))
				.sorted()
				.toList();
		}
	}

	private static long show(Path log, long from) throws IOException {
		byte[] buffer = new byte[8192];
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
			file.seek(from);
			for (int read = file.read(buffer); read > 0; read = file.read(buffer)) {
				System.out.write(buffer, 0, read);
			}
			System.out.flush();
			return file.getFilePointer();
		}
	}

}
