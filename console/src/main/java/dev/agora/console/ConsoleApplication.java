package dev.agora.console;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.console.access.AccessFilter;
import dev.agora.console.access.AccessSettings;
import dev.agora.console.action.ActionHandler;
import dev.agora.console.action.ActionLog;
import dev.agora.console.action.LauncherClient;
import dev.agora.console.broker.BrokerSettings;
import dev.agora.console.broker.TopicReader;
import dev.agora.console.collect.Collector;
import dev.agora.console.collect.StreamHandler;
import dev.agora.console.load.LightLoad;
import dev.agora.console.load.LoadClient;
import dev.agora.console.management.ManagementClient;
import dev.agora.console.operate.OperateHandler;
import dev.agora.console.operate.ServiceCalls;
import dev.agora.console.page.PageRoutes;
import dev.agora.console.scrape.Scraper;
import dev.agora.console.targets.TargetConfiguration;
import dev.agora.console.targets.TargetSettings;
import dev.agora.console.trace.OtlpHandler;
import dev.agora.console.trace.StoreCalls;
import dev.agora.console.trace.TraceHandler;
import dev.agora.console.trace.Traces;
import dev.agora.console.view.ProcessChanges;
import dev.agora.console.view.SystemViews;

/** Starts the console and lists its components. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ AccessFilter.class, //
		ConsoleRoutes.class, //
		PageRoutes.class, //
		TargetConfiguration.class, //
		ManagementClient.class, //
		Scraper.class, //
		TopicReader.class, //
		SystemViews.class, //
		ProcessChanges.class, //
		Collector.class, //
		StreamHandler.class, //
		Traces.class, //
		StoreCalls.class, //
		OtlpHandler.class, //
		TraceHandler.class, //
		ServiceCalls.class, //
		OperateHandler.class, //
		LoadClient.class, //
		LightLoad.class, //
		LauncherClient.class, //
		ActionLog.class, //
		ActionHandler.class })
@EnableConfigurationProperties({ AccessSettings.class, TargetSettings.class, BrokerSettings.class })
public class ConsoleApplication {

	public static void main(String[] args) {
		SpringApplication.run(ConsoleApplication.class, args);
	}

}
