package dev.agora.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.agora.feed.alpha.Alpha;
import dev.agora.feed.beta.Beta;
import dev.agora.platform.planted.ServicePrice;
import dev.agora.product.planted.BlockingPolicy;
import dev.agora.product.planted.ControllerCaller;
import dev.agora.product.planted.PlantedController;
import dev.agora.product.planted.Price;
import dev.agora.product.planted.PriceHelper;
import dev.agora.product.planted.PriceList;
import dev.agora.product.planted.PriceListEntry;
import dev.agora.product.planted.QueryingPolicy;
import dev.agora.product.planted.UnboundedQueries;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArchitectureTests {

	private static final JavaClasses agora = new ClassFileImporter().importPaths(Modules.classes());

	@Test
	void readsTheClassesOfAllModules() {
		assertThat(agora.size()).isGreaterThan(100);
		assertThat(agora.contain("dev.agora.feed.FeedApplication")).isTrue();
	}

	@ParameterizedTest
	@MethodSource("dev.agora.rules.Architecture#all")
	void keepsTheRule(ArchRule rule) {
		rule.check(agora);
	}

	@Test
	void findsADomainRecordThatDependsOnAFramework() {
		finds(Architecture.DOMAIN_KNOWS_ONLY_THE_JDK, Price.class);
	}

	@Test
	void findsAPolicyThatQueriesTheDatabase() {
		finds(Architecture.ONLY_STORES_TOUCH_STORES, QueryingPolicy.class);
	}

	@Test
	void findsACallToAController() {
		finds(Architecture.NOTHING_CALLS_A_CONTROLLER, ControllerCaller.class, PlantedController.class);
	}

	@Test
	void findsACircleBetweenPackages() {
		finds(Architecture.FEATURES_HAVE_NO_CIRCLES, Alpha.class, Beta.class);
	}

	@Test
	void findsAPlatformTypeThatDependsOnAService() {
		finds(Architecture.PLATFORM_KNOWS_NO_SERVICE, ServicePrice.class, Price.class);
	}

	@Test
	void findsABlockingCall() {
		finds(Architecture.NOTHING_BLOCKS, BlockingPolicy.class);
	}

	@Test
	void findsAPackageWithTooManyTypes() {
		finds(classes().should(PackageConditions.shareTheirPackageWithAtMost(2)), Price.class, PriceHelper.class,
				QueryingPolicy.class);
	}

	@Test
	void findsACircleInsideAPackage() {
		finds(Architecture.PACKAGES_HAVE_NO_CIRCLES, PriceList.class, PriceListEntry.class);
	}

	@Test
	void findsAVagueName() {
		finds(Architecture.NAMES_SAY_SOMETHING, PriceHelper.class);
	}

	@Test
	void findsAQueryThatReadsAllDocumentsInOneBatch() {
		finds(Architecture.QUERIES_COME_IN_BATCHES, UnboundedQueries.class);
	}

	private static void finds(ArchRule rule, Class<?>... planted) {
		JavaClasses classes = new ClassFileImporter().importClasses(planted);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(classes));
	}

}
