"""Where a matter can be taken (诉访分离), and which clocks run meanwhile.

Nothing here refuses anybody: petitioning stays open whatever else there is (信访工作条例 17), and only
the matters its articles 28 and 31 name are led to another procedure.
"""
