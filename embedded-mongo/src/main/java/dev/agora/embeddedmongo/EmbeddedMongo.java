package dev.agora.embeddedmongo;

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

/** A server of MongoDB's wire protocol that keeps its data on disk. */
public final class EmbeddedMongo implements AutoCloseable {

	/**
	 * A command holds its thread until its changes are synced, so the number of threads
	 * bounds the number of commands that share one sync.
	 */
	private static final int WORKERS = 32;

	private static final System.Logger LOG = System.getLogger(EmbeddedMongo.class.getName());

	private final MongoServer server;

	private final ScheduledExecutorService checkpoints = Executors
		.newSingleThreadScheduledExecutor((task) -> new Thread(task, "checkpoint"));

	private EmbeddedMongo(DurableBackend backend) {
		this.server = new MongoServer(backend);
	}

	/**
	 * Opens the data and listens on 127.0.0.1.
	 * @param directory the data directory, created if it is missing
	 * @param port the port, 0 for a free one
	 * @return the running server
	 * @throws IOException if the data cannot be opened or the port is in use
	 */
	public static EmbeddedMongo start(Path directory, int port) throws IOException {
		DurableBackend backend = new DurableBackend(Files.createDirectories(directory));
		EmbeddedMongo mongo = new EmbeddedMongo(backend);
		try {
			mongo.listen(port);
		}
		catch (IOException | RuntimeException ex) {
			mongo.close();
			throw ex;
		}
		Future<?> unused = mongo.checkpoints.scheduleWithFixedDelay(() -> checkpoint(backend), 1, 1, TimeUnit.SECONDS);
		return mongo;
	}

	/** Binds the port. Netty throws a BindException that the library does not declare. */
	private void listen(int port) throws IOException {
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, WORKERS);
	}

	private static void checkpoint(DurableBackend backend) {
		try {
			backend.checkpoint();
		}
		catch (RuntimeException ex) {
			// No write is lost: the journal grows until a checkpoint succeeds.
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
		this.checkpoints.shutdown();
		this.server.shutdownNow();
	}

}
