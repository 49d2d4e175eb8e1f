"""Where a net looks: the choice of image, class and layer, the heat map, and the layers one by one."""
