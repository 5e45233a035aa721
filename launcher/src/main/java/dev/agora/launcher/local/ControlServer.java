package dev.agora.launcher.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DaemonThreads;
import dev.agora.launcher.root.Problem;

/**
 * The launcher's own control, on this machine only:
 * {@code POST /processes/NAME/start|stop|kill}. A start may name another build:
 * {@code ?jar=FILE}; so may the stop before it, which is refused if the start would be.
 */
public final class ControlServer implements AutoCloseable {

	private final Supervisor supervisor;

	private final HttpServer server;

	/**
	 * Listens on a free port of 127.0.0.1.
	 * @param supervisor who does what is asked
	 * @throws IOException if it cannot listen
	 */
	public ControlServer(Supervisor supervisor) throws IOException {
		this.supervisor = supervisor;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
		this.server.setExecutor(Executors.newCachedThreadPool(new DaemonThreads("control")));
		this.server.createContext("/processes/", this::handle);
		this.server.start();
	}

	/**
	 * Where it listens.
	 * @return its address
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String[] path = exchange.getRequestURI().getPath().split("/", -1);
		boolean known = path.length == 4 && exchange.getRequestMethod().equals("POST");
		try {
			answer(exchange, known ? 200 : 404,
					known ? act(path[2], path[3], jar(exchange.getRequestURI())) : "No such action.");
		}
		catch (Problem ex) {
			answer(exchange, 409, String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer(exchange, 503, "The launcher is ending.");
		}
	}

	private static @Nullable Path jar(URI request) {
		String query = request.getQuery();
		return (query != null && query.startsWith("jar=")) ? Path.of(query.substring("jar=".length())) : null;
	}

	private String act(String name, String action, @Nullable Path jar) throws IOException, InterruptedException {
		switch (action) {
			case "start" -> this.supervisor.restart(name, jar);
			case "stop" -> this.supervisor.stop(name, jar);
			case "kill" -> this.supervisor.kill(name);
			default -> throw new Problem("A process can be started, stopped or killed, not: " + action + ".");
		}
		return name + ": " + action + " done";
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
