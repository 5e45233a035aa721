package dev.agora.launcher.mongo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import de.bwaldvogel.mongo.MongoServer;

/** A MongoDB-compatible server with its data on disk; {@link #main} runs it alone. */
public final class EmbeddedMongo implements AutoCloseable {

	/**
	 * A writer holds its thread until what it shares is written, so the threads bound the
	 * group.
	 */
	private static final int WORKERS = 32;

	private static final System.Logger LOG = System.getLogger(EmbeddedMongo.class.getName());

	private final MongoServer server;

	private final ScheduledExecutorService housekeeping = Executors
		.newSingleThreadScheduledExecutor((task) -> new Thread(task, "checkpoint"));

	private EmbeddedMongo(DurableBackend backend) {
		this.server = new MongoServer(backend);
	}

	/**
	 * Opens the data and listens on 127.0.0.1.
	 * @param directory where the data is, made if missing
	 * @param port the port, 0 for a free one
	 * @return the running server
	 * @throws IOException if the data cannot be opened
	 */
	public static EmbeddedMongo start(Path directory, int port) throws IOException {
		DurableBackend backend = new DurableBackend(Files.createDirectories(directory));
		EmbeddedMongo mongo = new EmbeddedMongo(backend);
		mongo.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, WORKERS);
		Future<?> unused = mongo.housekeeping.scheduleWithFixedDelay(() -> checkpoint(backend), 1, 1, TimeUnit.SECONDS);
		return mongo;
	}

	private static void checkpoint(DurableBackend backend) {
		try {
			backend.checkpoint();
		}
		catch (RuntimeException ex) {
			// Nothing is lost: the journal keeps growing until a checkpoint succeeds.
			LOG.log(System.Logger.Level.ERROR, "The store cannot be committed", ex);
		}
	}

	/**
	 * The address for drivers.
	 * @return a {@code mongodb://} URI
	 */
	public String uri() {
		return "mongodb://127.0.0.1:" + this.server.getLocalAddress().getPort();
	}

	@Override
	public void close() {
		this.housekeeping.shutdown();
		this.server.shutdownNow();
	}

	/**
	 * Runs the server until the process is ended.
	 * @param arguments the directory with the data, and the port
	 * @throws IOException if the data cannot be opened
	 */
	public static void main(String[] arguments) throws IOException {
		EmbeddedMongo mongo = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
		Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "shutdown"));
		System.out.println("Listening on " + mongo.uri());
	}

}
