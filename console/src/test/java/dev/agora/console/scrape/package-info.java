@NullMarked
package dev.agora.console.scrape;

import org.jspecify.annotations.NullMarked;
