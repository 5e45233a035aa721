package dev.agora.console;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.console.action.ActionHandler;
import dev.agora.console.collect.StreamHandler;
import dev.agora.console.operate.OperateHandler;
import dev.agora.console.trace.OtlpHandler;
import dev.agora.console.trace.TraceHandler;

/** All routes of the console but those of the page's files. */
@Configuration(proxyBeanMethods = false)
public class ConsoleRoutes {

	@Bean
	RouterFunction<ServerResponse> shown(StreamHandler stream, TraceHandler traces, OtlpHandler otlp) {
		return RouterFunctions.route()
			.GET("/api/stream", stream::stream)
			.GET("/api/traces", traces::list)
			.GET("/api/traces/{id}", traces::show)
			.POST("/v1/traces", otlp::export)
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> handled(OperateHandler operate, ActionHandler actions) {
		return RouterFunctions.route()
			.GET("/api/dead-letters", operate::deadLetters)
			.POST("/api/dead-letters/{service}/{topic}", operate::replay)
			.GET("/api/jobs", operate::jobs)
			.DELETE("/api/jobs/{service}/{id}", operate::cancel)
			.POST("/api/actions", actions::act)
			.build();
	}

}
