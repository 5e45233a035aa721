package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.embeddedmongo.EmbeddedMongoCommand;
import dev.agora.launcher.process.ClassArchive;
import dev.agora.launcher.process.JavaCommand;
import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.Probe;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Executables;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;

/**
 * MongoDB: {@code mongod} if it is installed, otherwise the embedded MongoDB in a JVM of
 * its own.
 */
final class MongoProcess {

	private static final String NAME = "mongodb";

	/**
	 * The working directory. Storage libraries take a backslash in a longer name for a
	 * slash.
	 */
	private static final String HERE = ".";

	private final DataDirectory data;

	private final Path directory;

	private final Installation installation;

	private final int port;

	private final LaunchOptions options;

	MongoProcess(DataDirectory data, Installation installation, Ports ports, LaunchOptions options) throws IOException {
		this.data = data;
		this.directory = data.directory(NAME).toAbsolutePath();
		this.installation = installation;
		this.port = ports.any(NAME);
		this.options = options;
	}

	String uri() {
		return "mongodb://127.0.0.1:" + this.port;
	}

	/** Starts the program that has written the data. */
	ProcessSpec spec() throws IOException {
		Path mongod = Executables.find("mongod");
		if (mongod == null && StoreEngines.isWrittenByMongod(this.directory)) {
			throw new Problem("The data in " + this.directory + " was written by mongod, which is not on the PATH."
					+ " Install it, or start with another directory (--data DIR) or without the old data (--fresh).");
		}
		return (mongod == null || StoreEngines.isWrittenByEmbeddedMongo(this.directory)) ? embedded()
				: installed(mongod);
	}

	private ProcessSpec installed(Path mongod) {
		List<String> command = List.of(mongod.toString(), "--dbpath", HERE, "--port", String.valueOf(this.port),
				"--bind_ip", "127.0.0.1", "--wiredTigerCacheSizeGB", "0.25");
		return spec("mongod", command, null);
	}

	private ProcessSpec embedded() throws IOException {
		String classes = System.getProperty("java.class.path");
		ClassArchive archive = ClassArchive.of(this.installation.derived("launcher", this.data), NAME, classes);
		JavaCommand command = new JavaCommand(this.options.mongodbMemory()).optimized(this.options.optimize())
			.with(archive.flags())
			.with("-Dio.netty.allocator.type=unpooled", "-Dio.netty.noPreferDirect=true")
			.with("-cp", classes, EmbeddedMongoCommand.class.getName())
			.with("--data", HERE, "--port", String.valueOf(this.port));
		return spec("embedded", command.words(), archive.exists() ? null : archive);
	}

	private ProcessSpec spec(String version, List<String> command, @Nullable ClassArchive archive) {
		return new ProcessSpec(NAME, Tier.STORE, version, command, JavaCommand.ENVIRONMENT, this.directory, this.port,
				0, Probe.port(this.port), archive);
	}

}
