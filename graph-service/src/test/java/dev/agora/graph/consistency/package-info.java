@NullMarked
package dev.agora.graph.consistency;

import org.jspecify.annotations.NullMarked;
