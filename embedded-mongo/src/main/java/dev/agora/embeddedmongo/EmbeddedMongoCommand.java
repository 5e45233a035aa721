package dev.agora.embeddedmongo;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the embedded MongoDB. */
@Command(name = "embedded-mongo", mixinStandardHelpOptions = true, sortOptions = false,
		version = "embedded-mongo, Java ${java.version}",
		description = "A server of MongoDB's wire protocol for one machine and for tests.")
public final class EmbeddedMongoCommand implements Callable<Integer> {

	private static final int MAX_PORT = 65_535;

	@Option(names = "--port", paramLabel = "PORT", defaultValue = "27017",
			description = "The port on 127.0.0.1, 0 for a free one (default: ${DEFAULT-VALUE}).")
	private int port;

	@Option(names = "--data", paramLabel = "DIR", defaultValue = "mongo-data",
			description = "The directory of the data, created if it is missing (default: ${DEFAULT-VALUE}).")
	private Path data = Path.of("mongo-data");

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/**
	 * Runs the server until the process ends. The exit status is 2 for wrong usage and 1
	 * if the server cannot start.
	 * @param arguments the options
	 */
	public static void main(String[] arguments) {
		int status = new CommandLine(new EmbeddedMongoCommand()).execute(arguments);
		// Otherwise the threads of the server keep the process alive.
		if (status != 0) {
			System.exit(status);
		}
	}

	@Override
	public Integer call() {
		if (this.port < 0 || this.port > MAX_PORT) {
			throw new ParameterException(this.spec.commandLine(),
					"--port must be 0 to " + MAX_PORT + ", not " + this.port + ".");
		}
		try {
			EmbeddedMongo mongo = EmbeddedMongo.start(this.data, this.port);
			Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "shutdown"));
			HeapWarning.printTo(this.spec.commandLine().getOut());
			this.spec.commandLine().getOut().println("Listening on " + mongo.uri());
			return CommandLine.ExitCode.OK;
		}
		catch (IOException | MVStoreException ex) {
			this.spec.commandLine().getErr().println(detail(ex));
			return CommandLine.ExitCode.SOFTWARE;
		}
	}

	private String detail(Exception failure) {
		Path directory = this.data.toAbsolutePath().normalize();
		if (failure instanceof BindException) {
			return "Port " + this.port + " cannot be used (" + failure.getMessage() + "). Choose another with --port.";
		}
		if (failure instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
			return "The data in " + directory + " is in use by another process. Stop that process, or choose another"
					+ " directory with --data.";
		}
		return "The data in " + directory + " cannot be opened (" + failure
				+ "). Choose another directory with --data.";
	}

}
