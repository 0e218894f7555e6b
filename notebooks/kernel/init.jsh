import java.nio.file.Path;
import java.util.stream.*;
import org.initlab.init.*;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;
import org.initlab.notebook.*;
