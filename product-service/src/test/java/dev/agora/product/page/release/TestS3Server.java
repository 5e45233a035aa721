package dev.agora.product.page.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server of the S3 protocol, which checks signatures, in a process of its own. */
final class TestS3Server implements AutoCloseable {

	/** The profile {@code s3} of the build puts the server there. */
	static final Path JAR = Path.of("target", "s3proxy", "s3proxy.jar");

	static final String ACCESS_KEY = "agora";

	static final String SECRET_KEY = "secret/with+signs=";

	static final String BUCKET = "pages";

	private final int port;

	private final Process process;

	TestS3Server(Path directory) throws IOException, InterruptedException {
		this.port = freePort();
		Files.createDirectories(directory.resolve("data").resolve(BUCKET));
		Path settings = directory.resolve("s3proxy.properties");
		Files.write(settings,
				List.of("s3proxy.authorization=aws-v2-or-v4", "s3proxy.identity=" + ACCESS_KEY,
						"s3proxy.credential=" + SECRET_KEY, "s3proxy.endpoint=http://127.0.0.1:" + this.port,
						"jclouds.provider=filesystem-nio2", "jclouds.filesystem.basedir=" + directory.resolve("data")));
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toAbsolutePath().toString(),
				"--properties", settings.toString())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("s3proxy.log").toFile())
			.start();
		awaitPort();
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	private void awaitPort() throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (!isOpen()) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				throw new IllegalStateException("The S3 server did not start.");
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	private boolean isOpen() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException closed) {
			return false;
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
